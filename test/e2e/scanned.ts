/** What a phone reads from a QR code on a page: from the pixels that a person sees, and not from the page's own marks. */
import jsQR from 'jsqr';
import type { Locator } from 'playwright-core';

/** @throws Error where no code can be read. */
export async function scanned(code: Locator): Promise<string> {
  const picture = (await code.screenshot()).toString('base64');
  // A page of its own: that of the product loads no pictures from elsewhere.
  const blank = await code.page().context().newPage();
  const { pixels, width, height } = await blank.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), {
      width: image.width,
      height: image.height,
    });
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    return { pixels: [...data], width: image.width, height: image.height };
  }, picture);
  await blank.close();
  const read = jsQR.default(new Uint8ClampedArray(pixels), width, height);
  if (read === null) throw new Error('the QR code cannot be read');
  return read.data;
}
