import { hash, pick } from "./random.js";

// All made up: the surnames mean "test" in several ways.
const FIRST = ["Kari", "Ola", "Ingrid", "Lars", "Anne", "Per", "Nora", "Jonas", "Sara", "Emil", "Maja", "Odd"] as const;
const LAST = ["Testesen", "Prøvestad", "Eksempel", "Mønster", "Modell", "Utkast", "Skisse", "Forsøk"] as const;
const STREETS = ["Prøveveien", "Testgata", "Eksempelstien", "Mønsterbakken"] as const;
const CITIES = [
  ["0155", "Oslo"],
  ["5003", "Bergen"],
  ["7011", "Trondheim"],
  ["9008", "Tromsø"],
] as const;

/** A person who does not exist. */
export function personOf(seed: number, index: number) {
  const [postalCode, cityName] = pick(CITIES, seed, "city", index);
  return {
    firstName: pick(FIRST, seed, "first", index),
    lastName: pick(LAST, seed, "last", index),
    street: `${pick(STREETS, seed, "street", index)} ${1 + (hash(seed, "house", index) % 99)}`,
    postalCode,
    cityName,
    // No number in Norway begins with 000.
    phoneNo: String(index % 100_000).padStart(8, "0"),
  };
}
