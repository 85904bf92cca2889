import { FileText, X } from "lucide-react";
import { useEffect, useState } from "react";
import { fileSize } from "../media/file-size.js";
import { IconButton } from "../ui/Button.js";
import styles from "./Attachments.module.css";

interface AttachmentsProps {
  files: readonly File[];
  onRemove: (file: File) => void;
}

/** The files that will be sent, each with a way to leave it out. */
export const Attachments = ({ files, onRemove }: AttachmentsProps) => (
  <ul className={styles.list} aria-label="Files to send">
    {files.map((file) => (
      <li key={`${file.name}-${file.lastModified}-${file.size}`} className={styles.file}>
        {file.type.startsWith("image/") ? <Preview file={file} /> : <FileText aria-hidden="true" />}
        <span className={styles.name}>
          <span dir="auto">{file.name}</span>
          <span>{fileSize(file.size)}</span>
        </span>
        <IconButton label={`Leave out ${file.name}`} onClick={() => onRemove(file)}>
          <X />
        </IconButton>
      </li>
    ))}
  </ul>
);

function Preview({ file }: { file: File }) {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return <img src={url} alt="" />;
}
