import type { Media } from "@vero/sdk";
import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { IconButton } from "../ui/Button.js";
import { useFreshMedia } from "./use-fresh-media.js";
import styles from "./Viewer.module.css";

interface ViewerProps {
  images: readonly Media[];
  openId: string;
  onOpen: (id: string) => void;
  onClose: () => void;
}

/** Shows a picture as large as the window, and those beside it by the arrow keys. */
export function Viewer({ images, openId, onOpen, onClose }: ViewerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const index = images.findIndex(({ id }) => id === openId);
  const image = images[index];
  const move = (by: number): void => {
    const next = images[index + by];
    if (next !== undefined) onOpen(next.id);
  };
  useEffect(() => {
    const element = dialog.current;
    if (element?.open === false) element.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={image?.file_name}
      className={styles.viewer}
      onCancel={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft") move(-1);
        if (event.key === "ArrowRight") move(1);
      }}
    >
      {image !== undefined && <Picture key={image.id} media={image} onClose={onClose} />}
      {index > 0 && (
        <IconButton label="Previous" className={styles.previous} onClick={() => move(-1)}>
          <ChevronLeft />
        </IconButton>
      )}
      {index < images.length - 1 && (
        <IconButton label="Next" className={styles.next} onClick={() => move(1)}>
          <ChevronRight />
        </IconButton>
      )}
    </dialog>
  );
}

function Picture({ media: given, onClose }: { media: Media; onClose: () => void }) {
  const { media, refresh } = useFreshMedia(given);
  const url = media.cdn_url ?? undefined;
  return (
    <>
      <header className={styles.header}>
        <span dir="auto">{media.file_name}</span>
        <a href={url} download={media.file_name} target="_blank" rel="noopener noreferrer" aria-label="Download">
          <Download />
        </a>
        <IconButton label="Close" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <img src={url} alt={media.file_name} onError={refresh} />
    </>
  );
}
