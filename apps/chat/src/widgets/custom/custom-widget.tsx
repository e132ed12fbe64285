import { useEffect, useState } from 'preact/hooks'
import { Children } from '../children.js'
import type { WidgetProps } from '../values/read.js'
import { useWidget } from '../widget-context.js'
import { PageWidget } from './page-widget.js'
import { SandboxWidget } from './sandbox-widget.js'

/** A widget of the page's own: drawn by the page over its place here, or by the page's HTML in a sandbox. */
export function CustomWidget({ name, props }: { name: string; props: WidgetProps }) {
  const { custom } = useWidget()
  const own = custom?.byName[name]
  if (!own) return <Children of={props} />
  const { type: _, key: __, ...data } = props
  return own === true ? <PageWidget name={name} data={data} /> : <FileWidget name={name} data={data} />
}

/** The HTML comes from the page, once for each widget; a file that cannot be had leaves what the node holds. */
function FileWidget({ name, data }: { name: string; data: WidgetProps }) {
  const { custom, reportError } = useWidget()
  const [html, setHtml] = useState<string | null | undefined>()
  const send = custom?.send
  useEffect(() => {
    const fail = (error: unknown) => {
      reportError(error)
      setHtml(null)
    }
    send?.({ type: 'read', name }).then((text) => setHtml(String(text)), fail)
  }, [send, name]) // what reports an error may change, the file does not
  if (html === undefined) return null
  return html === null ? <Children of={data} /> : <SandboxWidget html={html} title={name} data={data} />
}
