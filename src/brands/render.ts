import { createRequire } from 'node:module';

/** As much of `@resvg/resvg-js` as is used. It is loaded when the first picture is drawn, and never by the bundle. */
interface Renderer {
  readonly Resvg: new (
    svg: string,
    options: { font: { fontFiles: string[]; loadSystemFonts: boolean; defaultFontFamily: string } },
  ) => { render(): { asPng(): Uint8Array } };
}

const FONT = '@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf';

/** From the bundle, too, packages are found in the folders above it. */
const fromPackages = createRequire(import.meta.url);

/** An SVG as PNG, in two or three milliseconds. Throws where there is no renderer for this machine. */
export function renderPng(svg: string): Buffer {
  const { Resvg } = fromPackages('@resvg/resvg-js') as Renderer;
  const font = { fontFiles: [fromPackages.resolve(FONT)], loadSystemFonts: false, defaultFontFamily: 'Inter' };
  return Buffer.from(new Resvg(svg, { font }).render().asPng());
}
