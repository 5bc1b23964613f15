// Finds the bright rectangle of the measured phantom on the screen: its edges in CSS pixels, by what is painted and nothing else.

/** The rectangle once it stands still: a turn or a zoom may be painted a while after its key. */
export async function paintedBox(page, viewport) {
  let [before, now] = [null, await boxNow(page, viewport)];
  for (let tries = 0; tries < 20 && JSON.stringify(before) !== JSON.stringify(now); tries += 1)
    [before, now] = [now, await boxNow(page, viewport)];
  return now;
}

/** Edges of everything brighter than half of full white in a viewport, while texts and marks over it are out of sight. */
async function boxNow(page, viewport) {
  const frame = await viewport.boundingBox();
  await hideLayers(page, true);
  const png = await page.screenshot({ clip: frame });
  await hideLayers(page, false);
  const found = await page.evaluate(async (bytes) => {
    const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
    const context = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
    context.drawImage(picture, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, picture.width, picture.height);
    const edge = 3; // the accent line around the active pane
    let [left, top, right, bottom] = [width, height, 0, 0];
    for (let y = edge; y < height - edge; y++)
      for (let x = edge; x < width - edge; x++)
        if (data[4 * (y * width + x)] > 80) {
          left = Math.min(left, x);
          right = Math.max(right, x + 1);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y + 1);
        }
    return { left, top, right, bottom };
  }, [...png]);
  const at = (x, y) => [frame.x + x, frame.y + y];
  return {
    topLeft: at(found.left, found.top),
    topRight: at(found.right, found.top),
    bottomLeft: at(found.left, found.bottom),
    bottomRight: at(found.right, found.bottom),
    middle: at((found.left + found.right) / 2, (found.top + found.bottom) / 2),
  };
}

async function hideLayers(page, hidden) {
  await page.evaluate((wanted) => {
    for (const one of document.querySelectorAll(".overlay, .marks, .ruler, .slice-rail, .ref-lines, .aim-hint"))
      one.style.visibility = wanted ? "hidden" : "";
  }, hidden);
}
