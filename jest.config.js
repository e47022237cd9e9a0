/** @type {import('jest').Config} */
const common = {
  testEnvironment: 'node',
  transform: { '\\.[cm]?[jt]s$': '<rootDir>/test/esbuildTransform.js' },
  // These packages are ES modules only; jest's own loader needs them transformed.
  transformIgnorePatterns: ['/node_modules/(?!(jose)/)'],
  // Its package.json has the name of ours.
  modulePathIgnorePatterns: ['<rootDir>/dist/package.json'],
};

/** `npm test` runs the app, `npm run test:worker` the built files as the Node worker loads them, `npm run test:soak` the long ones. */
export default {
  projects: [
    {
      ...common,
      displayName: 'app',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/worker/', '<rootDir>/test/soak/'],
    },
    { ...common, displayName: 'worker', testMatch: ['<rootDir>/test/worker/*.test.ts'] },
    { ...common, displayName: 'soak', testMatch: ['<rootDir>/test/soak/*.test.ts'] },
  ],
  testTimeout: 30_000,
};
