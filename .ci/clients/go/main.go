// Calls a server with the client that oapi-codegen makes of openapi.json: a sign-up, a message, and an error with its code.
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"

	"github.com/google/uuid"
	"vero.example/clients/vero"
)

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func main() {
	ctx := context.Background()
	token := ""
	authorize := func(_ context.Context, request *http.Request) error {
		if token != "" {
			request.Header.Set("Authorization", "Bearer "+token)
		}
		return nil
	}
	client := must(vero.NewClientWithResponses(os.Args[1], vero.WithRequestEditorFn(authorize)))

	tenant := "Analytical Engines"
	signup := must(client.AuthSignupWithResponse(ctx, vero.AuthSignupRequest{
		Email:       "go@example.com",
		Password:    "engines weave algebraic patterns",
		DisplayName: "Ada",
		TenantName:  &tenant,
	}))
	if signup.JSON200 == nil {
		log.Fatalf("signup: %d %s", signup.StatusCode(), signup.Body)
	}
	token = signup.JSON200.AccessToken

	group := must(client.ConversationsCreateWithResponse(ctx, vero.ConversationsCreateRequest{
		Type:           vero.Group,
		ParticipantIds: []vero.Id{},
	}))
	if group.JSON200 == nil {
		log.Fatalf("create: %d %s", group.StatusCode(), group.Body)
	}

	text := "Hello from Go"
	sent := must(client.MessagesSendWithResponse(ctx, vero.MessagesSendRequest{
		ConversationId: group.JSON200.Id,
		Text:           &text,
	}))
	if sent.JSON200 == nil || sent.JSON200.Text == nil || *sent.JSON200.Text != text {
		log.Fatalf("send: %d %s", sent.StatusCode(), sent.Body)
	}
	var seq int64 = sent.JSON200.Seq
	if seq < 1 {
		log.Fatalf("send: seq %d", seq)
	}

	missing := must(client.MessagesGetWithResponse(ctx, uuid.New()))
	problem := missing.ApplicationproblemJSON404
	if problem == nil || problem.Code != vero.ErrorCodeMessageNotFound {
		log.Fatalf("get: %d %s", missing.StatusCode(), missing.Body)
	}
	fmt.Printf("oapi-codegen: sent as seq %d, refused with %s\n", seq, problem.Code)
}
