/** Ports for what a test starts: as DIP chooses them for services, so that neither takes the other's. */
export {freePort} from '../../services/local/serving/free-port.ts';
