/** Entry of the gallery: every widget and item of the chat on one page, to look at, to learn from and to test. */
import './schemas-without-eval.js'
import { defineChatKit } from '@parley/element'
import { render } from 'preact'
import { Gallery } from './gallery.js'
import './gallery.css'

defineChatKit({ server: location.origin })

const root = document.getElementById('gallery')
if (root) render(<Gallery />, root)
