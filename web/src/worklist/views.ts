// Views: named filters. Some every reader has; others are the reader's own. A view is a named address.
import { dicomDate } from "../locale";
import { addressOf, type Filter, type FilterField, NO_FILTER, withValue } from "./filter";

export type ViewName = "all" | "today" | "week" | "arriving" | "unresolved" | "provisional";
export interface View {
  readonly name: ViewName;
  readonly filter: Filter;
}

/** The views every reader has. */
export function viewsOn(today: Date): readonly View[] {
  const weekAgo = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 6);
  const only = (field: FilterField, value: string): Filter => withValue(NO_FILTER, field, value);
  return [
    { name: "all", filter: NO_FILTER },
    { name: "today", filter: only("date_from", dicomDate(today)) },
    { name: "week", filter: only("date_from", dicomDate(weekAgo)) },
    { name: "arriving", filter: only("state", "arriving") },
    { name: "unresolved", filter: only("identity", "unresolved") },
    { name: "provisional", filter: only("identity", "provisional") },
  ];
}

/** The address of a filter whatever the order of its rows. */
export const unordered = (filter: Filter): string =>
  addressOf({ ...filter, sort: NO_FILTER.sort, order: NO_FILTER.order });

/** The view whose values are these, whatever the order of rows; null for an own selection. */
export function viewOf(filter: Filter, today: Date): View | null {
  return viewsOn(today).find((view) => unordered(view.filter) === unordered(filter)) ?? null;
}
