// Start of the client: styles, then the one root.
import "../ui/tokens.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

const host = document.getElementById("root");
if (host === null) throw new Error("index.html has no #root");
createRoot(host).render(<StrictMode>Kontor</StrictMode>);
