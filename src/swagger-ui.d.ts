/** The package has no types; these are the parts that the page at /api/docs uses. */
declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  type Settings = {
    domNode: HTMLElement;
    url: string;
    deepLinking: boolean;
    docExpansion: 'list' | 'full' | 'none';
    defaultModelsExpandDepth: number;
    validatorUrl: null;
  };
  export default function SwaggerUI(settings: Settings): void;
}
