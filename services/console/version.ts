import project from '#package' with {type: 'json'};

/** Of this DIP. */
export const version = project.version;
