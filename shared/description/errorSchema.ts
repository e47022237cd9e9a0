/** The shape of every error. Source: docs/errors.md */
export const errorSchema = {
  title: 'Error',
  description: 'An error in the shape that Microsoft Graph gives it.',
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'innerError'],
      properties: {
        code: { description: 'What to react to.', type: 'string' },
        message: { description: 'What happened, for people.', type: 'string' },
        details: {
          description: 'Every wrong thing by itself.',
          type: 'array',
          items: {
            type: 'object',
            required: ['code', 'message'],
            properties: {
              code: { description: 'What kind of mistake it is.', type: 'string' },
              target: { description: 'Where it is, such as `alternativeSecurityIds[0].key`.', type: 'string' },
              message: { description: 'What would be right.', type: 'string' },
            },
          },
        },
        innerError: {
          type: 'object',
          properties: {
            date: { description: 'When it happened, in UTC and without a zone.', type: 'string' },
            'request-id': { description: 'Leads to the log.', type: 'string' },
            'client-request-id': { description: 'The one that was sent, or else the request-id.', type: 'string' },
          },
        },
      },
    },
  },
} as const;
