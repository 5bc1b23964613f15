// Words of the sign-in page.
import type { login as german } from "../de/login";
export const login: Readonly<Record<keyof typeof german, string>> = {
  "login.title": "Sign in",
  "login.name": "User name",
  "login.password": "Password",
  "login.capsLock": "Caps Lock is on",
  "login.show": "Show password",
  "login.hide": "Hide password",
  "login.act": "Sign in",
  "login.busy": "Checking",
  "login.throttled": "Locked after too many attempts. Possible again in {n} s.",
  "login.missing": "Enter user name and password.",
  "login.picture": "Drawn section, no patient",
};
