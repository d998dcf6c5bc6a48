import {EventEmitter} from 'node:events';

const emitter = new EventEmitter({captureRejections: false});
emitter.setMaxListeners(0);

/** Told of each subject that has something new, within this process; another process of the archive is not heard. */
export const kept = {
  emit: (subject: string): void => void emitter.emit('kept', subject),
  /** Resolves when something about the subject was kept, or after the time. */
  next(subject: string, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const listen = (about: string) => {
        if (about === subject) end();
      };
      const end = () => {
        clearTimeout(timer);
        emitter.off('kept', listen);
        resolve();
      };
      const timer = setTimeout(end, ms);
      emitter.on('kept', listen);
    });
  },
};
