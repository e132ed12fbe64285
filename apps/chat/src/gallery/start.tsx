import { defineChatKit } from '@parley/element'
import { render } from 'preact'
import { Gallery } from './gallery.js'
import './gallery.css'

defineChatKit({ server: location.origin })

const root = document.getElementById('gallery')
if (root) render(<Gallery />, root)
