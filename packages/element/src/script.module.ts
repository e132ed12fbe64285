/** Entry of `chatkit.mjs`, for `<script type="module">` and `import()`. */
import { defineElement } from './define.js'
import { FRAME_FILES } from './frame-files.js'

defineElement(import.meta.url, FRAME_FILES)
