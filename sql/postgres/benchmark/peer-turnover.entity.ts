import { Entity } from 'typeorm';
import { KeptFactsEntity } from './kept-facts.entity.ts';

/** Which buyers of each owner came, went and stayed on the year before, of the lines of both quarters. */
@Entity({ name: 'peer_turnover' })
export class PeerTurnoverEntity extends KeptFactsEntity {}
