// The filter is the address: what is set can be passed on, what is asked is what was meant.
import { describe, expect, test } from "vitest";
import {
  acceptable,
  addressOf,
  FILTER_FIELDS,
  type FilterField,
  filterOf,
  NO_FILTER,
  queryOf,
  sortedBy,
  withValue,
} from "../../src/worklist/filter";
import { viewOf, viewsOn } from "../../src/worklist/views";

const set = (field: FilterField, value: string) => withValue(NO_FILTER, field, value);
const kindOf = (field: FilterField) => {
  const kind = FILTER_FIELDS.find((candidate) => candidate.field === field);
  if (kind === undefined) throw new Error(field);
  return kind;
};

test("a filter survives its address", () => {
  const filter = sortedBy(withValue(set("patient_name", "Müller & Söhne*"), "modality", "CT,MR"), "patient_name");
  const read = filterOf(addressOf(filter));
  expect([...read.values]).toEqual([...filter.values]);
  expect([read.sort, read.order]).toEqual(["patient_name", "asc"]);
});

test("no filter is no address", () => {
  expect(addressOf(NO_FILTER)).toBe("");
  expect(filterOf("")).toEqual(NO_FILTER);
});

test("what an address cannot mean is left out", () => {
  const read = filterOf("state=flying&date_from=20260231&modality=c%24t&sort=weather&order=up&other=1");
  expect(addressOf(read)).toBe("");
});

describe("values", () => {
  test("dates are kept as DICOM writes them", () => {
    expect(acceptable(kindOf("date_from"), "24.11.2026")).toBe("20261124");
    expect(acceptable(kindOf("date_from"), "31.02.2026")).toBeNull();
  });

  test("modalities are capitals, several by comma", () => {
    expect(acceptable(kindOf("modality"), " ct, mr ")).toBe("CT,MR");
    expect(acceptable(kindOf("modality"), "C-T")).toBeNull();
  });

  test("an empty value takes the filter away", () => {
    expect(withValue(set("accession", "A1"), "accession", "").values.size).toBe(0);
  });
});

describe("the question to the server", () => {
  test("a day of arrival is the reader's day, from its first instant to its last", () => {
    const { received_from, received_until } = queryOf(
      withValue(set("received_from", "20261124"), "received_to", "20261124"),
    );
    expect(received_from).toBe(new Date(2026, 10, 24).toISOString());
    expect(received_until).toBe(new Date(2026, 10, 24, 23, 59, 59, 999).toISOString().replace("Z", "999Z"));
  });

  test("what is being read can be asked for, as what arrives and what is ready", () => {
    const asked = ["arriving", "ready", "reading"].map((state) => queryOf(filterOf(`state=${state}`)).state);
    expect(asked).toEqual(["arriving", "ready", "reading"]);
  });

  test("a referrer means the beginning of a name, a birth date that day", () => {
    const query = queryOf(withValue(set("referring", "Vorl"), "birth_date", "19610314"));
    expect([query.referring, query.birth_date]).toEqual(["Vorl*", "19610314"]);
  });

  test("a name means its beginning, a description any part, wildcards stay the reader's", () => {
    expect(queryOf(set("patient_name", "Muster")).patient_name).toBe("Muster*");
    expect(queryOf(set("patient_name", "M?ster")).patient_name).toBe("M?ster");
    expect(queryOf(set("description", "Thorax")).description).toBe("*Thorax*");
    expect(queryOf(set("patient_id", "4711")).patient_id).toBe("4711");
  });

  test("modalities are a list", () => {
    expect(queryOf(set("modality", "CT,MR")).modality).toEqual(["CT", "MR"]);
  });
});

test("a column sorts, a second time turns round; newest first where it is a time", () => {
  const byName = sortedBy(NO_FILTER, "patient_name");
  expect([byName.sort, byName.order]).toEqual(["patient_name", "asc"]);
  expect(sortedBy(byName, "patient_name").order).toBe("desc");
  expect(sortedBy(byName, "study_date").order).toBe("desc");
});

test("a view is known whatever the order of rows, and the week has seven days", () => {
  const today = new Date(2026, 2, 3);
  const week = viewsOn(today).find((view) => view.name === "week");
  expect(week?.filter.values.get("date_from")).toBe("20260225");
  expect(viewOf(sortedBy(set("state", "arriving"), "patient_id"), today)?.name).toBe("arriving");
  expect(viewOf(set("patient_name", "Muster"), today)).toBeNull();
});
