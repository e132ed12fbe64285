import './docs.css'
import { offerCopies } from './copy.js'
import { followLanguage } from './language.js'
import { offerSearch } from './search.js'

followLanguage(document)
offerCopies(document)
offerSearch(document)
