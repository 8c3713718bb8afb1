const changes = request => request.method && request.method !== 'GET';
const csrfToken = () => /(?:^|; )XSRF-TOKEN=([^;]+)/.exec(document.cookie);

SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  // The document stays here: no validator of somebody else is asked.
  validatorUrl: null,
  requestInterceptor: request => {
    if (changes(request)) {
      // Also without a body, or it is refused: a page of another site could not say so.
      request.headers['Content-Type'] = request.headers['Content-Type'] || 'application/json';
      // Where the application protects its logins by a cookie that its own pages can read.
      const token = csrfToken();
      if (token) {
        request.headers['X-XSRF-TOKEN'] = decodeURIComponent(token[1]);
      }
    }
    return request;
  }
});
