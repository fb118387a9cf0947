/** The bundler takes what is imported from a style sheet. */
declare module '*.css'
