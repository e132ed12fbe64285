/** What stands in the chat's place when it cannot be loaded: one sentence and one button. Styled without any sheet. */
export function createFailureView(message: string, onRetry: () => void): HTMLElement {
  const view = document.createElement('div')
  view.setAttribute('role', 'alert')
  Object.assign(view.style, {
    boxSizing: 'border-box',
    height: '100%',
    padding: '24px',
    overflow: 'auto',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    justifyContent: 'center',
    gap: '16px',
    font: '16px/1.55 system-ui, sans-serif',
    color: '#1f1f1f',
    background: '#fff',
  })

  const sentence = document.createElement('p')
  sentence.textContent = message
  Object.assign(sentence.style, { margin: '0', maxWidth: '46rem', overflowWrap: 'anywhere' })

  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = 'Try again'
  button.addEventListener('click', onRetry)
  Object.assign(button.style, {
    minHeight: '44px',
    padding: '0 16px',
    font: 'inherit',
    color: 'inherit',
    background: 'none',
    border: '1px solid #767676',
    borderRadius: '10px',
    cursor: 'pointer',
  })

  view.append(sentence, button)
  return view
}
