/** The way in for people: `/api/<service>/…` to the services by their Knative names. Hears no events. */
import {entrance} from '#kit';
import {reception} from './reception.ts';

export default entrance({name: 'console', opens: reception});
