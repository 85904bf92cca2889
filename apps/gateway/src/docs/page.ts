export const docsPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Vero Chat API</title>
    <script type="module" src="/docs/rapidoc-min.js"></script>
  </head>
  <body>
    <rapi-doc
      spec-url="/openapi.json"
      load-fonts="false"
      theme="light"
      render-style="read"
      show-header="false"
      allow-spec-url-load="false"
      allow-spec-file-load="false"
      allow-server-selection="false"
      schema-description-expanded="true"
      persist-auth="false"
    >
      <section>
        <h1>Vero Chat API</h1>
        <p>
          Two documents describe the service: <a href="/openapi.json">openapi.json</a> the operations over HTTP, shown
          below, and <a href="/asyncapi.json">asyncapi.json</a> the frames and events of the socket.
        </p>
        <p>
          To try operations here, call <code>POST /auth/signup</code> or <code>POST /auth/login</code>, copy the
          <code>access_token</code> of the answer into the field under <em>Authentication</em>, and renew it with
          <code>POST /auth/refresh</code> when it has expired after ten minutes. The socket takes a token of its own,
          from <code>GET /v1/messaging/token</code>.
        </p>
      </section>
    </rapi-doc>
  </body>
</html>
`;
