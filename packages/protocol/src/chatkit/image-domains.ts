/**
 * Whether a picture may be loaded: over https, from one of a thread's `allowed_image_domains` or a name below one. An
 * address with a user name or a port of its own is another place than it looks.
 */
export function isAllowedImage(url: URL, domains: readonly string[]): boolean {
  if (url.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return false
  return domains.some((written) => {
    const domain = written.toLowerCase().replace(/^\*?\./, '')
    return domain !== '' && (url.hostname === domain || url.hostname.endsWith(`.${domain}`))
  })
}
