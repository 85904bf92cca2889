import type { Conversation } from "@vero/sdk";
import { useVero } from "@vero/sdk/react";
import { useId } from "react";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { Field, FormError } from "../ui/Field.js";
import form from "../ui/Form.module.css";
import { useSubmit } from "../ui/use-submit.js";

interface EditConversationProps {
  conversation: Conversation;
  onClose: () => void;
}

export function EditConversation({ conversation, onClose }: EditConversationProps) {
  const vero = useVero();
  const formId = useId();
  const { onSubmit, isBusy, error, errors } = useSubmit(async ({ name = "", description = "", avatar_url = "" }) => {
    const orNull = (text: string): string | null => text.trim() || null;
    await vero.conversations.update({
      id: conversation.id,
      name: orNull(name),
      description: orNull(description),
      avatar_url: orNull(avatar_url),
    });
    onClose();
  });
  return (
    <Dialog
      title="Edit group"
      onClose={onClose}
      footer={
        <Button type="submit" form={formId} look="primary" disabled={isBusy}>
          Save
        </Button>
      }
    >
      <form id={formId} onSubmit={onSubmit} className={form.form}>
        <FormError>{error}</FormError>
        <Field label="Name" name="name" defaultValue={conversation.name ?? ""} maxLength={100} error={errors["name"]} />
        <Field
          label="Description"
          name="description"
          defaultValue={conversation.description ?? ""}
          maxLength={500}
          error={errors["description"]}
        />
        <Field
          label="Address of a picture"
          name="avatar_url"
          type="url"
          placeholder="https://"
          defaultValue={conversation.avatar_url ?? ""}
          error={errors["avatar_url"]}
        />
      </form>
    </Dialog>
  );
}
