/** How long a session lives unless its maker says otherwise; also the most, unless the server is set up for more. */
export const DEFAULT_SESSION_SECONDS = 600
