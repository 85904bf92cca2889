import ts from "typescript";

export interface SchemaOptions {
  /** The schemas that another file declares: they are imported from there. */
  imported?: { names: ReadonlySet<string>; from: string } | undefined;
  /** Comments for schemas that have no description of their own. */
  summaries?: Readonly<Record<string, string | undefined>> | undefined;
}

/** Lines of openapi-typescript that say no more than the type does. */
const isNoise = (line: string): boolean => line === "" || /^(Format: |@constant$|@enum )/.test(line);

/** Makes a comment of openapi-typescript one as editors show it: the description alone, without a tag. */
function tidy(_: string, indent: string, comment: string): string {
  const lines = comment
    .split("\n")
    .map((line) => line.trim().replace(/^\* ?/, ""))
    .filter((line) => !isNoise(line))
    .map((line) => line.replace(/^@description /, ""));
  return lines.length === 0 ? "" : `${indent}/** ${lines.join(`\n${indent} * `)} */\n`;
}

const outdented = (text: string, spaces: number): string => text.replaceAll(`\n${" ".repeat(spaces)}`, "\n");

/** Makes a declaration with a name of each schema, so that editors show the name instead of all the fields. */
function declarationOf(member: ts.PropertySignature, source: ts.SourceFile, summary: string | undefined): string {
  const name = (member.name as ts.Identifier).text;
  const type = outdented(member.type?.getText(source) ?? "", 8);
  const [comment] = ts.getLeadingCommentRanges(source.text, member.getFullStart()) ?? [];
  const written = comment === undefined ? "" : outdented(source.text.slice(comment.pos, comment.end), 8);
  const doc = /@description /.test(written) || summary === undefined ? written : `/** ${summary} */`;
  const isInterface = member.type !== undefined && ts.isTypeLiteralNode(member.type);
  return `${doc === "" ? "" : `${doc}\n`}${isInterface ? `export interface ${name} ${type}` : `export type ${name} = ${type};`}\n`;
}

interface Schemas {
  /** The interface `components`. */
  statement: ts.Statement;
  /** Its member `schemas`. */
  member: ts.TypeElement;
  members: ts.PropertySignature[];
}

function schemasOf(source: ts.SourceFile): Schemas {
  for (const statement of source.statements) {
    if (!ts.isInterfaceDeclaration(statement) || statement.name.text !== "components") continue;
    const schemas = statement.members.find((member) => member.name?.getText(source) === "schemas");
    if (schemas === undefined || !ts.isPropertySignature(schemas)) break;
    if (schemas.type === undefined || !ts.isTypeLiteralNode(schemas.type)) break;
    return { statement, member: schemas, members: schemas.type.members.filter(ts.isPropertySignature) };
  }
  throw new Error("openapi-typescript wrote no components.schemas");
}

/** Moves the schemas out of `components`, as openapi-typescript writes it, into a declaration with a name for each. */
export function emitSchemas(text: string, { imported, summaries = {} }: SchemaOptions = {}): string {
  const source = ts.createSourceFile("types.ts", text, ts.ScriptTarget.Latest, true);
  const { statement, member, members } = schemasOf(source);
  const nameOf = (member: ts.PropertySignature): string => (member.name as ts.Identifier).text;
  const isImported = (member: ts.PropertySignature) => imported?.names.has(nameOf(member)) === true;
  const declared = members.filter((member) => !isImported(member));
  const types = declared.map((member) => declarationOf(member, source, summaries[nameOf(member)])).join("\n");
  const start = statement.getStart(source);
  const rest = `${text.slice(0, start)}${types}\n${text.slice(start, member.getFullStart())}${text.slice(member.end)}`;
  const named = rest
    .replaceAll(/components\["schemas"\]\["(\w+)"\]/g, "$1")
    .replaceAll(/^( *)\/\*\*([\s\S]*?)\*\/\n/gm, tidy);
  const uses = (name: string) => new RegExp(`\\b${name}\\b`).test(named);
  const names = members.filter(isImported).map(nameOf).filter(uses);
  const head = names.length === 0 ? "" : `import type { ${names.join(", ")} } from "${imported?.from}";\n\n`;
  return head + named;
}
