// From an OpenAPI 3.1 document to TypeScript text: one interface and one parser a schema, one entry an operation.
// Understands what our own server writes: objects, arrays, enumerations, unions with null, maps, references, constants.

const METHODS = ["get", "post", "put", "patch", "delete"];
const nameOf = (ref) => ref.split("/").at(-1).replace(/\W/g, "_");
const quoted = (text) => JSON.stringify(text);
const keyOf = (text) => (/^[A-Za-z_]\w*$/.test(text) ? text : quoted(text));

/** The members of a union without null, and whether null was one of them. */
function split(schema) {
  const members =
    schema.anyOf ??
    schema.oneOf ??
    (Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : null);
  if (members === null) return { members: [schema], nullable: schema.type === "null" };
  const rest = members.filter((member) => member.type !== "null");
  return { members: rest, nullable: rest.length < members.length };
}

/** TypeScript type of a schema. */
export function typeOf(schema) {
  if (schema === undefined || Object.keys(schema).length === 0) return "unknown";
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.allOf?.length === 1) return typeOf(schema.allOf[0]);
  if (schema.const !== undefined) return quoted(schema.const);
  if (schema.enum) return schema.enum.map(quoted).join(" | ");
  const { members, nullable } = split(schema);
  if (members.length !== 1 || nullable) {
    return [...members.map(typeOf), ...(nullable ? ["null"] : [])].join(" | ");
  }
  return simpleTypeOf(members[0]);
}

function simpleTypeOf(schema) {
  switch (schema.type) {
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "array":
      return schema.prefixItems
        ? `readonly [${schema.prefixItems.map(typeOf).join(", ")}]`
        : arrayOf(typeOf(schema.items));
    case "object":
      if (schema.properties) return objectTypeOf(schema);
      return `Readonly<Record<string, ${typeOf(typeof schema.additionalProperties === "object" ? schema.additionalProperties : {})}>>`;
    default:
      return "unknown";
  }
}

const arrayOf = (item) => `readonly ${/[|&\s]/.test(item) ? `(${item})` : item}[]`;

/** A field that the server may leave out and that has no default is optional; one with a default is filled in. */
const isOptional = (schema, name, asked) =>
  !(schema.required ?? []).includes(name) && (asked || schema.properties[name].default === undefined);

function objectTypeOf(schema, asked = false) {
  const fields = Object.entries(schema.properties).map(
    ([name, field]) => `  readonly ${keyOf(name)}${isOptional(schema, name, asked) ? "?" : ""}: ${typeOf(field)};`,
  );
  return `{\n${fields.join("\n")}\n}`;
}

/** Parser expression of a schema, made of the pieces in parse.ts. */
export function parserOf(schema) {
  if (schema === undefined || Object.keys(schema).length === 0) return "anything";
  if (schema.$ref) return `later(() => parse${nameOf(schema.$ref)})`;
  if (schema.allOf?.length === 1) return parserOf(schema.allOf[0]);
  if (schema.const !== undefined) return `oneOf(${quoted(schema.const)})`;
  if (schema.enum) return `oneOf(${schema.enum.map(quoted).join(", ")})`;
  const { members, nullable } = split(schema);
  const inner = members.length === 1 ? simpleParserOf(members[0]) : `either(${members.map(parserOf).join(", ")})`;
  return nullable ? `nullable(${inner})` : inner;
}

function simpleParserOf(schema) {
  if (schema.$ref || schema.enum || schema.const !== undefined) return parserOf(schema);
  switch (schema.type) {
    case "string":
      return "text";
    case "integer":
    case "number":
      return "numeral";
    case "boolean":
      return "flag";
    case "array":
      return schema.prefixItems
        ? `tuple(${schema.prefixItems.map(parserOf).join(", ")})`
        : `list(${parserOf(schema.items)})`;
    case "object":
      if (schema.properties) return objectParserOf(schema, "");
      return `mapOf(${parserOf(typeof schema.additionalProperties === "object" ? schema.additionalProperties : {})})`;
    default:
      return "anything";
  }
}

function objectParserOf(schema, type) {
  const fields = Object.entries(schema.properties).map(([name, field]) => {
    const parser = parserOf(field);
    if ((schema.required ?? []).includes(name)) return `  ${keyOf(name)}: ${parser},`;
    if (field.default !== undefined)
      return `  ${keyOf(name)}: withDefault(${parser}, ${JSON.stringify(field.default)}),`;
    return `  ${keyOf(name)}: optional(${parser}),`;
  });
  return `structure${type}({\n${fields.join("\n")}\n})`;
}

/** Names of all schemas that can be reached from the given ones. */
function reachable(roots, schemas) {
  const seen = new Set();
  const visit = (node) => {
    if (node === null || typeof node !== "object") return;
    if (typeof node.$ref === "string") {
      const name = node.$ref.split("/").at(-1);
      if (!seen.has(name)) {
        seen.add(name);
        visit(schemas[name]);
      }
    }
    for (const value of Object.values(node)) visit(value);
  };
  for (const root of roots) visit(root);
  return seen;
}

const jsonOf = (content) => content?.["application/json"]?.schema ?? null;

function answerOf(operation) {
  const success = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith("2"));
  if (success === undefined || success[1].content === undefined) return { kind: "none" };
  const schema = jsonOf(success[1].content);
  return schema === null ? { kind: "bytes" } : { kind: "json", schema };
}

function operationsOf(document) {
  const found = [];
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation === undefined) continue;
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      found.push({
        key: `${method.toUpperCase()} ${path}`,
        path: [...path.matchAll(/\{(\w+)[^}]*\}/g)].map((match) => match[1]),
        query: parameters.filter((parameter) => parameter.in === "query"),
        body: jsonOf(operation.requestBody?.content),
        answer: answerOf(operation),
      });
    }
  }
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function operationEntry({ key, path, query, body, answer }) {
  const pathType = path.length === 0 ? "none" : `{ ${path.map((name) => `readonly ${name}: string`).join("; ")} }`;
  const queryType =
    query.length === 0
      ? "none"
      : `{ ${query.map((q) => `readonly ${keyOf(q.name)}${q.required ? "" : "?"}: ${typeOf(q.schema)} | undefined`).join("; ")} }`;
  const answerType = answer.kind === "json" ? typeOf(answer.schema) : answer.kind === "none" ? "undefined" : "Response";
  const lines = [`    readonly path: ${pathType};`, `    readonly query: ${queryType};`];
  lines.push(`    readonly body: ${body === null ? "none" : typeOf(body)};`, `    readonly answer: ${answerType};`);
  return `  readonly ${quoted(key)}: {\n${lines.join("\n")}\n  };`.replaceAll(": none;", ": undefined;");
}

/** The whole module as text. */
export function emit(document) {
  const schemas = document.components?.schemas ?? {};
  const operations = operationsOf(document);
  const answered = reachable(
    operations.map((operation) => operation.answer.schema ?? {}),
    schemas,
  );
  const asked = reachable(
    operations.map((operation) => operation.body ?? {}),
    schemas,
  );
  const names = Object.keys(schemas)
    .filter((name) => answered.has(name) || asked.has(name))
    .sort();
  const blocks = names.map((raw) => schemaBlock(nameOf(raw), schemas[raw], answered.has(raw)));
  const parsers = operations.map(({ key, answer }) => {
    const parser = answer.kind === "json" ? parserOf(answer.schema) : answer.kind === "none" ? "nothing" : "stream";
    return `  ${quoted(key)}: ${parser},`;
  });
  const body = [
    ...blocks,
    `export interface Operations {\n${operations.map(operationEntry).join("\n")}\n}`,
    `export const answers: { readonly [K in keyof Operations]: Parse<Operations[K]["answer"]> } = {\n${parsers.join("\n")}\n};`,
  ].join("\n\n");
  return `${header(body)}\n\n${body}\n`;
}

function schemaBlock(name, schema, answered) {
  if (schema.type !== "object" || !schema.properties) {
    return `export type ${name} = ${typeOf(schema)};${answered ? `\nexport const parse${name}: Parse<${name}> = ${parserOf(schema)};` : ""}`;
  }
  const type = `export interface ${name} ${objectTypeOf(schema, !answered)}`;
  return answered
    ? `${type}\nexport const parse${name}: Parse<${name}> = ${objectParserOf(schema, `<${name}>`)};`
    : type;
}

function header(body) {
  const pieces = [
    "anything",
    "either",
    "flag",
    "later",
    "list",
    "mapOf",
    "nothing",
    "nullable",
    "numeral",
    "oneOf",
    "optional",
    "stream",
    "structure",
    "text",
    "tuple",
    "withDefault",
  ];
  const used = pieces.filter((piece) => new RegExp(`\\b${piece}\\b[(<,\\s)]`).test(body));
  return `// Generated from openapi.json by scripts/generate-api.mjs; not edited by hand.\nimport { type Parse, ${used.join(", ")} } from "./parse";`;
}
