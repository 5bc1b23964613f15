// Words of the dialog for mouse and keys.
import type { profile as german } from "../de/profile";
export const profile: Readonly<Record<keyof typeof german, string>> = {
  "profile.title": "Mouse and keys",
  "profile.open": "Change mouse and keys",
  "profile.mouse": "Mouse on images",
  "profile.left": "Left button",
  "profile.middle": "Middle button",
  "profile.right": "Right button",
  "profile.wheel": "Wheel",
  "profile.wheel.images": "Images",
  "profile.wheel.zoom": "Zoom",
  "profile.elsewhere": "The mouse is set on the page of images; its keys are there.",
  "profile.key": "Key for {command}",
  "profile.press": "press a key",
  "profile.none": "none",
  "profile.clear": "No key",
  "profile.defaults": "All defaults",
  "profile.conflict": "Also: {command}",
  "profile.conflicts": "{n} key is given twice|{n} keys are given twice",
  "profile.saved": "Mouse and keys saved",
};
