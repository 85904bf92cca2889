import { useCallback, useEffect, useRef, useState } from "react";
import { isVeroError, type VeroError } from "../errors.js";
import type { Media } from "../generated/client.js";
import type { Uploadable } from "../put.js";
import { useVero } from "./context.js";

interface UploadState {
  readonly status: "idle" | "uploading" | "done" | "failed";
  /** From 0 to 1. */
  readonly progress: number;
  readonly media: Media | undefined;
  readonly error: VeroError | undefined;
}

/** An upload, and how it is getting on. */
export interface UploadControl extends UploadState {
  /** Uploads a file, instead of the one that is under way. Throws what `media.upload` throws. */
  upload(file: Uploadable): Promise<Media>;
  cancel(): void;
}

const idle: UploadState = { status: "idle", progress: 0, media: undefined, error: undefined };

/** Uploads one file at a time; ends with the component. */
export function useUpload(): UploadControl {
  const vero = useVero();
  const [state, setState] = useState(idle);
  const current = useRef<AbortController | undefined>(undefined);
  const cancel = useCallback(() => {
    current.current?.abort();
    current.current = undefined;
    setState(idle);
  }, []);
  const upload = useCallback(
    async (file: Uploadable): Promise<Media> => {
      current.current?.abort();
      const controller = new AbortController();
      current.current = controller;
      const { signal } = controller;
      const show = (change: Partial<UploadState>) => {
        if (current.current === controller) setState((before) => ({ ...before, ...change }));
      };
      show({ ...idle, status: "uploading" });
      try {
        const onProgress = ({ sent, total }: { sent: number; total: number }) =>
          show({ progress: sent / (total || 1) });
        const media = await vero.media.upload(file, { signal, onProgress });
        show({ status: "done", progress: 1, media });
        return media;
      } catch (error) {
        show({ status: "failed", error: isVeroError(error) ? error : undefined });
        throw error;
      }
    },
    [vero],
  );
  useEffect(
    () => () => {
      current.current?.abort();
      current.current = undefined;
    },
    [],
  );
  return { ...state, upload, cancel };
}
