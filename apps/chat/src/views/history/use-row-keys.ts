/** Arrow keys go from the search field to the chats and from one to the next. */
export function useRowKeys(): (event: KeyboardEvent) => void {
  return (event) => {
    const panel = event.currentTarget
    if ((event.key !== 'ArrowDown' && event.key !== 'ArrowUp') || !(panel instanceof HTMLElement)) return
    const stops = [...panel.querySelectorAll<HTMLElement>('input[type="search"], .history-open')]
    const row = document.activeElement?.closest('.history-row')?.querySelector<HTMLElement>('.history-open')
    const at = stops.indexOf(row ?? (document.activeElement as HTMLElement)) // compared, not used
    const next = at === -1 ? undefined : stops[at + (event.key === 'ArrowDown' ? 1 : -1)]
    if (!next) return
    event.preventDefault()
    next.focus()
  }
}
