import {EventEmitter} from 'node:events';

/** Told of each subject that has something new, within this process; another process of the archive is not heard. */
export interface Kept {
  emit(subject: string): void;
  /** Resolves when something about the subject was kept, or after the time. */
  next(subject: string, ms: number): Promise<void>;
}

/** One that nobody listens to yet. */
export function announcer(): Kept {
  const emitter = new EventEmitter({captureRejections: false});
  emitter.setMaxListeners(0);
  return {
    emit: (subject) => void emitter.emit('kept', subject),
    next(subject, ms) {
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
}
