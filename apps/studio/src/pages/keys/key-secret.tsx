import type { AdminNewKey } from '@parley/protocol/admin'
import { CodeBlock } from '../../parts/code-block.js'
import { closeDialogOf } from '../../parts/dialog.js'
import { Notice } from '../../parts/notice.js'

/** A key's secret, the one time that it can be seen. */
export function KeySecret({ made: { secret } }: { made: AdminNewKey }) {
  return (
    <div className="stack secret">
      <Notice tone="warning">Copy the key now. It is not shown again.</Notice>
      <CodeBlock name="Key" code={secret} />
      <p className="quiet">
        Keep it on your server, for example as <code>PARLEY_API_KEY</code>.
      </p>
      <div className="buttons">
        <button className="button" type="button" onClick={({ currentTarget }) => closeDialogOf(currentTarget)}>
          I have copied it
        </button>
      </div>
    </div>
  )
}
