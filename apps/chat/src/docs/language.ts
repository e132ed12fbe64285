const KEY = 'parley.docs.language'

/** Shows every example in the language somebody chose, now and when they come back. */
export function followLanguage(page: Document): void {
  const buttons = [...page.querySelectorAll<HTMLButtonElement>('[data-choose]')]
  const show = (language: string) => {
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.choose === language))
    for (const snippet of page.querySelectorAll<HTMLElement>('[data-snippet]'))
      snippet.hidden = snippet.dataset.snippet !== language
  }
  const chosen = remembered()
  if (buttons.some(({ dataset }) => dataset.choose === chosen)) show(chosen)
  for (const button of buttons)
    button.addEventListener('click', () => {
      const before = button.getBoundingClientRect().top
      show(button.dataset.choose ?? '')
      remember(button.dataset.choose ?? '')
      // Examples further up have other heights now: what was clicked stays where it was.
      window.scrollBy({ top: button.getBoundingClientRect().top - before, behavior: 'instant' })
    })
}

function remembered(): string {
  try {
    return localStorage.getItem(KEY) ?? ''
  } catch {
    return '' // a browser that keeps nothing
  }
}

function remember(language: string): void {
  try {
    localStorage.setItem(KEY, language)
  } catch {
    // a browser that keeps nothing shows the first language next time
  }
}
