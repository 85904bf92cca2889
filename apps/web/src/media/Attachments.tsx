import type { Media } from "@vero/sdk";
import { useState } from "react";
import styles from "./Attachments.module.css";
import { FileCard } from "./FileCard.js";
import { Thumbnail } from "./Thumbnail.js";
import { Viewer } from "./Viewer.js";

const isImage = ({ content_type, width }: Media): boolean => content_type.startsWith("image/") && width !== null;

/** The files of a message: pictures side by side, which open in the viewer, and other files below them. */
export function Attachments({ files }: { files: readonly Media[] }) {
  const [openId, setOpenId] = useState<string>();
  const images = files.filter(isImage);
  const others = files.filter((file) => !isImage(file));
  return (
    <div className={styles.attachments}>
      {images.length > 0 && (
        <div className={images.length === 1 ? styles.single : styles.grid}>
          {images.map((image) => (
            <Thumbnail key={image.id} media={image} isAlone={images.length === 1} onOpen={() => setOpenId(image.id)} />
          ))}
        </div>
      )}
      {others.map((file) => (
        <FileCard key={file.id} media={file} />
      ))}
      {openId !== undefined && (
        <Viewer images={images} openId={openId} onOpen={setOpenId} onClose={() => setOpenId(undefined)} />
      )}
    </div>
  );
}
