import { useSyncExternalStore } from "react";

/**
 * A place in the page. Routes are behind the hash: they hide no path of the API, and the token of an invite reaches no
 * log.
 */
export type Route =
  | { name: "home" }
  | { name: "signup" }
  | { name: "join"; token: string }
  | { name: "conversation"; id: string; seq?: number }
  | { name: "settings" };

function parseRoute(hash: string): Route {
  const [place = "", id = "", seq = ""] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  if (place === "signup") return { name: "signup" };
  if (place === "join" && id !== "") return { name: "join", token: id };
  if (place === "c" && id !== "") return { name: "conversation", id, ...(/^\d+$/.test(seq) && { seq: Number(seq) }) };
  if (place === "settings") return { name: "settings" };
  return { name: "home" };
}

export function hashOf(route: Route): string {
  switch (route.name) {
    case "home":
      return "#/";
    case "join":
      return `#/join/${encodeURIComponent(route.token)}`;
    case "conversation":
      return `#/c/${route.id}${route.seq === undefined ? "" : `/${route.seq}`}`;
    default:
      return `#/${route.name}`;
  }
}

export function go(route: Route, { replace = false } = {}): void {
  const hash = hashOf(route);
  if (replace) {
    history.replaceState(null, "", hash);
    dispatchEvent(new HashChangeEvent("hashchange"));
  } else location.hash = hash;
}

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}

let cached = { hash: "", route: parseRoute("") };

function current(): Route {
  const { hash } = location;
  if (cached.hash !== hash) cached = { hash, route: parseRoute(hash) };
  return cached.route;
}

export const useRoute = (): Route => useSyncExternalStore(subscribe, current);
