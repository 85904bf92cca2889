import type { Media } from "@vero/sdk";
import { FileText } from "lucide-react";
import styles from "./Attachments.module.css";
import { fileSize } from "./file-size.js";
import { useFreshMedia } from "./use-fresh-media.js";

/** A file that is played here, or opened by a click. */
export function FileCard({ media: given }: { media: Media }) {
  const { media, refresh } = useFreshMedia(given);
  const url = media.cdn_url ?? undefined;
  if (media.content_type.startsWith("video/")) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: nobody has written captions for what people send
      <video src={url} controls preload="metadata" className={`${styles.player} ${styles.video}`} onError={refresh} />
    );
  }
  if (media.content_type.startsWith("audio/")) {
    // biome-ignore lint/a11y/useMediaCaption: as above
    return <audio src={url} controls preload="metadata" className={styles.player} onError={refresh} />;
  }
  return (
    <a href={url} download={media.file_name} target="_blank" rel="noopener noreferrer" className={styles.card}>
      <span className={styles.icon}>
        <FileText aria-hidden="true" />
      </span>
      <span className={styles.names}>
        <strong dir="auto">{media.file_name}</strong>
        <span>{fileSize(media.size_bytes)}</span>
      </span>
    </a>
  );
}
