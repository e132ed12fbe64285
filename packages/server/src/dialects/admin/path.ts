/** Where the admin API is. */
export const ADMIN_PATH = '/api/admin/v1'
