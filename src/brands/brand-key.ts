/** By which a brand is known, however the vendor or an operator spells it: "Google Play" is `google-play`. */
export function brandKey(brand: string): string {
  return brand
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}
