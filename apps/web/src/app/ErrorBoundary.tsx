import { Component, type ReactNode } from "react";
import { AccountPage } from "../account/AccountPage.js";
import { Button } from "../ui/Button.js";

/** Shows a way on where a fault of the page would leave nothing to see. What is not sent yet is kept. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <AccountPage title="Something went wrong" footer="Messages that are not sent yet are kept.">
        <p>The page has stopped because of a fault of its own.</p>
        <Button look="primary" onClick={() => location.reload()}>
          Load it again
        </Button>
      </AccountPage>
    );
  }
}
