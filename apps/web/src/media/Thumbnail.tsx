import type { Media } from "@vero/sdk";
import { classNames } from "../ui/class-names.js";
import styles from "./Attachments.module.css";
import { useFreshMedia } from "./use-fresh-media.js";

const maxWidth = 400;
const maxHeight = 320;

/** The size at which a picture is shown, known before it is loaded: the list does not jump. */
function sizeOf({ width, height }: Media): { width: number; aspectRatio: string } {
  const w = width ?? maxWidth;
  const h = height ?? maxHeight;
  const scale = Math.min(1, maxWidth / w, maxHeight / h);
  return { width: Math.max(48, Math.round(w * scale)), aspectRatio: `${w} / ${h}` };
}

interface ThumbnailProps {
  media: Media;
  isAlone: boolean;
  onOpen: () => void;
}

export function Thumbnail({ media: given, isAlone, onOpen }: ThumbnailProps) {
  const { media, refresh } = useFreshMedia(given);
  const url = media.thumbnail_url ?? media.cdn_url;
  return (
    <button
      type="button"
      aria-label={`Open ${media.file_name}`}
      className={classNames(styles.thumbnail, !isAlone && styles.square)}
      style={isAlone ? sizeOf(media) : undefined}
      onClick={onOpen}
    >
      {url !== null && <img src={url} alt={media.file_name} loading="lazy" decoding="async" onError={refresh} />}
    </button>
  );
}
