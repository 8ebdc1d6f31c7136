/** The bytes of a file as an address or JSON can hold them. `most`: of a file that is larger no more than shows that it is. */
export async function base64Of(file: Blob, most: number): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, most + 1).arrayBuffer());
  let text = '';
  for (let from = 0; from < bytes.length; from += 8_192)
    text += String.fromCharCode(...bytes.subarray(from, from + 8_192));
  return btoa(text);
}
