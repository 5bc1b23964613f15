// The generator: from what our server writes to types and parsers.
import { expect, test } from "vitest";
// @ts-expect-error the generator is plain JavaScript: it runs without a build
import { emit, parserOf, typeOf } from "../../scripts/emit-api.mjs";

test.each([
  [{ type: "string" }, "string", "text"],
  [{ anyOf: [{ type: "string" }, { type: "null" }] }, "string | null", "nullable(text)"],
  [{ anyOf: [{ type: "integer" }, { enum: ["more"] }] }, 'number | "more"', 'either(numeral, oneOf("more"))'],
  [{ enum: ["de", "en"] }, '"de" | "en"', 'oneOf("de", "en")'],
  [{ type: "array", items: { $ref: "#/components/schemas/Row" } }, "readonly Row[]", "list(later(() => parseRow))"],
  [{ type: "array", items: { enum: ["a", "b"] } }, 'readonly ("a" | "b")[]', 'list(oneOf("a", "b"))'],
  [{ type: "array", prefixItems: [{ type: "number" }, {}] }, "readonly [number, unknown]", "tuple(numeral, anything)"],
  [
    { type: "array", items: { type: "array", prefixItems: [{ type: "number" }], items: false } },
    "readonly (readonly [number])[]",
    "list(tuple(numeral))",
  ],
  [{ type: "object", additionalProperties: { type: "integer" } }, "Readonly<Record<string, number>>", "mapOf(numeral)"],
  [{ type: "object" }, "Readonly<Record<string, unknown>>", "mapOf(anything)"],
  [{}, "unknown", "anything"],
])("%j", (schema, type, parser) => {
  expect(typeOf(schema)).toBe(type);
  expect(parserOf(schema)).toBe(parser);
});

const document = {
  components: {
    schemas: {
      Ask: {
        type: "object",
        properties: { a: { type: "string" }, b: { type: "string", default: "x" } },
        required: ["a"],
      },
      Told: {
        type: "object",
        properties: { a: { type: "string" }, b: { type: "string", default: "x" }, c: { type: "string" } },
        required: ["a"],
      },
      Unused: { type: "object", properties: { z: { type: "string" } } },
    },
  },
  paths: {
    "/things/{id}": {
      put: {
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "string" } },
          { name: "deep", in: "query", schema: { type: "boolean" } },
        ],
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/Ask" } } } },
        responses: { 200: { content: { "application/json": { schema: { $ref: "#/components/schemas/Told" } } } } },
      },
      delete: { responses: { 204: { description: "gone" } } },
      get: { responses: { 200: { content: { "application/octet-stream": {} } } } },
    },
  },
};

test("defaults may be left out in a question and are filled in an answer", () => {
  const text: string = emit(document);
  expect(text).toContain("export interface Ask {\n  readonly a: string;\n  readonly b?: string;\n}");
  expect(text).toContain('  b: withDefault(text, "x"),\n  c: optional(text),');
  expect(text).not.toContain("Unused");
});

test("an operation names its path, question, body and answer", () => {
  const text: string = emit(document);
  expect(text).toContain(
    'readonly "PUT /things/{id}": {\n    readonly path: { readonly id: string };\n    readonly query: { readonly deep?: boolean | undefined };\n    readonly body: Ask;\n    readonly answer: Told;',
  );
  expect(text).toContain('"DELETE /things/{id}": nothing,\n  "GET /things/{id}": stream,');
});
