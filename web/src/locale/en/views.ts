// Words of a reader's own views.
import type { views as german } from "../de/views";
export const views: Readonly<Record<keyof typeof german, string>> = {
  "views.saved": "Saved views",
  "views.name": "Name of the view",
  "views.save": "Save view",
  "views.rename": "Rename view",
  "views.renameOf": "Rename view {name}",
  "views.remove": "Delete view",
  "views.removeOf": "Delete view {name}",
  "views.removed": "View {name} deleted",
  "views.up": "Move view up",
  "views.down": "Move view down",
  "views.open7": "First saved view",
  "views.open8": "Second saved view",
  "views.why.notLoaded": "Your views have not loaded yet",
  "views.why.none": "No saved view is open",
  "views.why.fewer": "There are not that many saved views",
};
