// Files dropped anywhere lead to the page for uploading; the browser must never leave the client to show one.
import { useEffect, useState } from "react";
import { carriesFiles, droppedOn, handOver, mayImport, useSurroundings } from "../shell";

/** Whether files hover over a page that passes them on. */
export function useDroppedFiles(): boolean {
  const { navigator, session } = useSurroundings();
  const [dragging, setDragging] = useState(false);
  const may = mayImport(session);
  useEffect(() => {
    const passesOn = (): boolean => may && navigator.place().page !== "upload";
    const over = (event: DragEvent): void => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = may ? "copy" : "none";
      setDragging(passesOn());
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setDragging(false);
    };
    const drop = (event: DragEvent): void => {
      setDragging(false);
      if (event.defaultPrevented || !carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      if (!passesOn()) return;
      handOver(droppedOn(event.dataTransfer));
      navigator.go({ page: "upload" });
    };
    document.addEventListener("dragover", over);
    document.addEventListener("dragleave", leave);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragover", over);
      document.removeEventListener("dragleave", leave);
      document.removeEventListener("drop", drop);
    };
  }, [navigator, may]);
  return dragging;
}
