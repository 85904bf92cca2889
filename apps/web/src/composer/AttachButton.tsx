import { Paperclip } from "lucide-react";
import { useRef } from "react";
import { IconButton } from "../ui/Button.js";

interface AttachButtonProps {
  isDisabled: boolean;
  onFiles: (files: readonly File[]) => void;
}

/** Chooses files to send. */
export function AttachButton({ isDisabled, onFiles }: AttachButtonProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          target.value = "";
        }}
      />
      <IconButton label="Attach files" disabled={isDisabled} onClick={() => picker.current?.click()}>
        <Paperclip />
      </IconButton>
    </>
  );
}
