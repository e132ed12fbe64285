/** Whether a picture may be shown: it came with the answer, lies on our own server, or its site was allowed. */
export function isShownImage(url: string, isAllowed: ((url: string) => boolean) | undefined): boolean {
  if (/^(data:image\/|blob:)/i.test(url)) return true
  if (!URL.canParse(url, location.href)) return false
  const { origin, protocol, href } = new URL(url, location.href)
  return /^https?:$/.test(protocol) && (origin === location.origin || isAllowed?.(href) === true)
}

/** Where a picture would come from, to be shown in its place. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : ''
}
