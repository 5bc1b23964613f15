// Waiting: static grey bars in the final geometry, only once 300 ms have passed. Nothing moves.
import { useEffect, useState } from "react";

const PATIENCE_MS = 300;

export function Loading({ label, rows = 3 }: { readonly label: string; readonly rows?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div className="waiting" role="status">
      <span className="sr">{label}</span>
      {Array.from({ length: rows }, (_, row) => `bar ${row}`).map((bar) => (
        <span key={bar} className="waiting-bar" />
      ))}
    </div>
  );
}
