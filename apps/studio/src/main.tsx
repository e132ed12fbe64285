/** Entry of the studio's page. */
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Studio } from './studio.js'
import './styles/studio.css'

const root = document.getElementById('studio')
if (root)
  createRoot(root).render(
    <StrictMode>
      <Studio />
    </StrictMode>,
  )
