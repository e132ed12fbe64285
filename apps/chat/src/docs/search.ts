/** Hides the entries of a page that do not hold every word, and says how many are left. `/` goes there. */
export function offerSearch(page: Document): void {
  const box = page.querySelector<HTMLElement>('[data-search-box]')
  const field = box?.querySelector('input')
  const status = box?.querySelector('[role="status"]')
  if (!box || !field || !status) return
  box.hidden = false
  const entries = [...page.querySelectorAll<HTMLElement>('[data-search]')].map((element) => ({
    element,
    text: textOf(page, element),
  }))

  field.addEventListener('input', () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean)
    let found = 0
    for (const { element, text } of entries) {
      const fits = words.every((word) => text.includes(word))
      element.hidden = !fits
      if (fits) found += 1
    }
    hideEmpty(page)
    status.textContent = words.length === 0 ? '' : found === 1 ? '1 found' : `${found} found`
  })
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    entries
      .find(({ element }) => !element.hidden)
      ?.element.querySelector('a')
      ?.click()
  })
  page.addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof Element && event.target.closest('input, textarea, select') !== null
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping) return
    event.preventDefault()
    field.focus()
  })
}

/** What an entry says, and what stands at the place of this page it leads to. */
function textOf(page: Document, entry: HTMLElement): string {
  const target = entry.querySelector('a')?.hash.slice(1)
  const place = target ? page.getElementById(target) : null
  const head = place ? [...place.querySelectorAll('h3, .address')].map(({ textContent }) => textContent).join(' ') : ''
  return `${entry.textContent} ${head}`.toLowerCase()
}

/** A heading over nothing goes as well. */
function hideEmpty(page: Document): void {
  for (const list of page.querySelectorAll<HTMLElement>('ul:has([data-search])')) {
    const isEmpty = list.querySelector('[data-search]:not([hidden])') === null
    list.hidden = isEmpty
    const head = list.previousElementSibling
    if (head instanceof HTMLElement && /^H[2-4]$/.test(head.tagName)) head.hidden = isEmpty
  }
}
