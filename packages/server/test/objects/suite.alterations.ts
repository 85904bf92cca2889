/** Replaces one character in the middle of a parameter. */
function alterParameter(url: string, name: string): string {
  const altered = new URL(url);
  const value = altered.searchParams.get(name) ?? "";
  const at = Math.floor(value.length / 2);
  altered.searchParams.set(name, value.slice(0, at) + (value[at] === "1" ? "2" : "1") + value.slice(at + 1));
  return altered.href;
}

/** Lists alterations of a signed URL: other parameters, fewer and more, and other paths. */
export const alterations = (url: string): string[] => {
  const { searchParams } = new URL(url);
  const withPath = (change: (path: string) => string): string => {
    const altered = new URL(url);
    altered.pathname = change(altered.pathname);
    return altered.href;
  };
  return [
    ...[...searchParams.keys()].map((name) => alterParameter(url, name)),
    ...[...searchParams.keys()].map((name) => {
      const altered = new URL(url);
      altered.searchParams.delete(name);
      return altered.href;
    }),
    withPath((path) => `${path}0`),
    withPath((path) => path.slice(0, -1)),
    `${url}&another=1`,
  ];
};
