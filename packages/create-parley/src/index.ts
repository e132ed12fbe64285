/** What a new project and a new app begin with. */
export { createProject, type NewProject, ProjectError } from './create-project.js'
export { APP_TEMPLATE } from './templates/app.js'
