// Copying a text: by the browser's clipboard where the page may, else by a selection, as pages without TLS must.

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  // Within an open dialog nothing outside of it can be selected.
  const host = document.querySelector("dialog[open]") ?? document.body;
  host.append(area);
  area.select();
  try {
    return document.execCommand("copy");
  } finally {
    area.remove();
  }
}
